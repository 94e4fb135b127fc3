"""Collaborations (協働): parties agree in writing on what each will do, and then do it.

The word that matters here is *consent*. A version of the terms binds only when every party concerned has
consented to exactly that version; change one character and all must consent again.
"""
