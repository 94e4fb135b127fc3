"""Introductions (引き合わせ): two sides meet only when both want, and give each other exactly what each chooses."""
