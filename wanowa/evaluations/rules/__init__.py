"""Evaluations without a database: sides next to each other, the joint text, numbers over many."""
