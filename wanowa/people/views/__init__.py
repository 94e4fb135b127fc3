"""The pages of people: signing in, settings, one's own data, drafts; the gate and the adapters of django-allauth."""
