"""What can happen to a person's account. None of it is public, and no entry holds personal data."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.verbs import Verb

JOINED = Verb("people.person.joined", _("人が登録し、メールアドレスを確かめました"))
EXPORTED = Verb("people.person.exported", _("本人が自分のデータを受け取りました"))
NAMED_COORDINATOR = Verb("people.person.named_coordinator", _("協働推進員になりました"))
LEFT_THE_DESK = Verb("people.person.left_the_desk", _("協働推進員でなくなりました"))
ERASED = Verb("people.person.erased", _("本人の希望で、人のデータを消しました"))
