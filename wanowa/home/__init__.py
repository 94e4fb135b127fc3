"""Home (入口): the front page and my page. Composes what others know; owns nothing."""
