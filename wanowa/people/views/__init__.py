"""The pages of people: signing in, settings, own data, drafts; the gate; the adapters of django-allauth."""
