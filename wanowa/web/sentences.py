"""What forms say when something is missing or wrong: what to type, not what the machine dislikes."""

from typing import Any

from django.core import validators
from django.forms import fields, models
from django.utils.translation import gettext_lazy as _

type Validator = validators.EmailValidator | validators.RegexValidator | validators.BaseValidator

MISSING = _("入力してください。")
CHOOSE = _("一つえらんでください。")
SENTENCES: dict[type[fields.Field], dict[str, Any]] = {
    fields.Field: {"required": MISSING},
    fields.IntegerField: {"invalid": _("数字で入力してください。（例：120000）")},
    fields.DecimalField: {"invalid": _("数字で入力してください。（例：1.5）")},
    fields.DateField: {"invalid": _("日付を入力してください。（例：2026-11-23）")},
    fields.TimeField: {"invalid": _("時刻を入力してください。（例：13:30）")},
    fields.BooleanField: {"required": _("確かめて、しるしをつけてください。")},
    fields.ChoiceField: {"required": CHOOSE, "invalid_choice": CHOOSE},
    fields.MultipleChoiceField: {
        "required": _("一つ以上えらんでください。"),
        "invalid_choice": _("一覧の中からえらんでください。"),
        "invalid_list": _("一覧の中からえらんでください。"),
    },
    fields.FileField: {
        "required": _("ファイルをえらんでください。"),
        "invalid": _("ファイルを受け取れませんでした。もう一度えらんでください。"),
        "missing": _("ファイルを受け取れませんでした。もう一度えらんでください。"),
        "empty": _("中身のないファイルです。別のファイルをえらんでください。"),
    },
    models.ModelChoiceField: {"required": CHOOSE, "invalid_choice": CHOOSE},
    models.ModelMultipleChoiceField: {
        "required": _("一つ以上えらんでください。"),
        "invalid_choice": _("一覧の中からえらんでください。"),
    },
}
VALIDATORS: dict[type[Validator], Any] = {
    validators.EmailValidator: _("メールアドレスを、name@example.jp のように入力してください。"),
    validators.URLValidator: _("アドレスを、https:// から入力してください。"),
    validators.MaxLengthValidator: _("%(limit_value)d文字までにしてください。いまは%(show_value)d文字です。"),
    validators.MinLengthValidator: _("%(limit_value)d文字以上にしてください。いまは%(show_value)d文字です。"),
    validators.MaxValueValidator: _("%(limit_value)s以下の数を入力してください。"),
    validators.MinValueValidator: _("%(limit_value)s以上の数を入力してください。"),
}


def teach() -> None:
    """Give Django's fields our sentences; called once when the platform starts."""
    for field, messages in SENTENCES.items():
        field.default_error_messages = {**field.default_error_messages, **messages}
    for validator, message in VALIDATORS.items():
        validator.message = message
