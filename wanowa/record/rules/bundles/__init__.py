"""A bundle: the whole history of one case in one file, with everything that is needed to check it elsewhere."""
