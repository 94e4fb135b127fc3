"""The floor: a bare Django app that does the least each journey needs. Nothing built on Django can be faster."""
