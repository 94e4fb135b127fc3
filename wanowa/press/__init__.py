"""The press (印刷): how a record becomes paper, by typst, in the official look. Knows no domain word."""
