"""What can happen to a person's account. None of it is public, and no entry holds personal data."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.verbs import Verb

JOINED = Verb("people.person.joined", _("人が登録し、メールアドレスを確かめました"))
EXPORTED = Verb("people.person.exported", _("本人が自分のデータを受け取りました"))
ERASED = Verb("people.person.erased", _("本人の希望で、人のデータを消しました"))
