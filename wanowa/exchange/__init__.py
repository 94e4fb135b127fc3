"""Exchange (資源): what parties offer and need of the five resources, first steps, and thanks."""
