"""People for tests, and signing them in as if the second factor had been shown."""

import time

import factory
from allauth.account.models import EmailAddress
from django.test import Client

from wanowa.people.models import User


class PersonFactory(factory.django.DjangoModelFactory[User]):
    """A person with a confirmed address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.jp")
    name = factory.Sequence(lambda n: f"和光 花子{n}")
    reading = "わこう はなこ"

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **kwargs: object) -> User:
        person = model_class.objects.create_user(*args, **kwargs)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person


def sign_in(client: Client, person: User) -> Client:
    """Sign `person` in, second factor shown; `client.force_login` alone stops staff at the gate."""
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client
