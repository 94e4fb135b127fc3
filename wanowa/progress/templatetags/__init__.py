"""What templates of progress ask for."""
