"""Proposals (協働事業提案): from an idea of 200 characters to a project with a budget, judged fairly and in public."""
