"""What people set out to do, end to end through real pages: narrow and wide, with JavaScript and without."""
