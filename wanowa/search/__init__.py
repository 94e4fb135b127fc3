"""Search (検索): one index over everything readable, in Japanese as people type it."""
