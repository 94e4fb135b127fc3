"""What may be typed about a party, its people and its registration. Names are kept exactly as typed."""

from collections.abc import Collection
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.guideline.rules import Field, Kind
from wanowa.kernel.eras import fiscal_year_label, fiscal_year_of
from wanowa.kernel.errors import Refused
from wanowa.kernel.files import Accepted, accept
from wanowa.kernel.text import MaxGraphemes, as_typed, validate_body
from wanowa.parties.models import Membership, Party, Registration
from wanowa.parties.queries import Wanted
from wanowa.parties.rules import FOUNDED_AT_THE_DESK, RENEWABLE, RegistrationStatus, Role, corporate_number
from wanowa.parties.services import Naming, Profile


class Body(forms.CharField):
    """A text of several lines: only the line breaks of the browser are undone."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: object) -> None:
        super().__init__(strip=False, **kwargs)  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        """Return the text as the person typed it."""
        return as_typed(super().to_python(value) or "")


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar; today or later."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Search(forms.Form):
    """The filters of the directory."""

    q = forms.CharField(label=pgettext_lazy("search", "ことば"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("主体の種類"), required=False, choices=[("", _("すべて")), *Kind.choices]
    )
    field = forms.ChoiceField(
        label=_("活動の分野"), required=False, choices=[("", _("すべて")), *Field.choices]
    )
    place = forms.CharField(label=_("場所"), required=False, max_length=60)
    registered = forms.BooleanField(label=_("今年度の登録団体だけ"), required=False)

    def wanted(self) -> Wanted:
        """Return what is looked for; call it when the form is valid."""
        return Wanted(**self.cleaned_data)


class NamingForm(forms.ModelForm[Party]):
    """How the party is called."""

    class Meta:
        model = Party
        fields = ("name", "reading", "alternative_name")
        help_texts = {
            "name": _("書いたとおりに、そのままのります。"),
            "reading": _("ひらがなで書くと、一覧の順番に使います。"),
            "alternative_name": _("短いよび名や、英語の名前など。"),
        }
        labels = {"alternative_name": _("ほかの書き方")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("name", "reading", "alternative_name"):
            field = self.fields.get(name)
            if isinstance(field, forms.CharField):
                field.strip = False

    def naming(self) -> Naming:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        return Naming(typed["name"], typed["reading"], typed["alternative_name"])


class ProfileForm(forms.ModelForm[Party]):
    """What the party tells about itself."""

    good_at = Body(
        label=_("得意なこと"),
        required=False,
        help_text=_("例：こどもに教えること、チラシ作り、広い駐車場がある"),
    )
    hard_for = Body(
        label=_("苦手なこと"),
        required=False,
        help_text=_("例：平日の昼は集まれない、会計、パソコン。書くと、助け合えます。"),
    )
    story = Body(
        label=_("紹介"),
        required=False,
        help_text=_("だれが、なぜはじめて、いま何をしていますか。"),
    )
    contact_note = Body(
        label=_("連絡のしかた"),
        required=False,
        help_text=_("この欄は公開しません。メンバーと協働推進員だけが見ます。"),
    )
    fields_ = forms.MultipleChoiceField(
        label=_("活動の分野"),
        required=False,
        choices=Field.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("あてはまるものを、いくつでも選べます。"),
    )

    class Meta:
        model = Party
        fields = (
            "good_at",
            "hard_for",
            "story",
            "place",
            "founded_year",
            "member_count",
            "corporate_number",
            "contact_note",
        )
        help_texts = {
            "place": _("例：新倉地区、市内全域、和光市駅のまわり"),
            "founded_year": _("例：2015"),
            "member_count": _("だいたいの人数で大丈夫です。"),
            "corporate_number": _("13けたの数字。持っていなければ、空のままにします。"),
        }
        widgets = {"corporate_number": forms.TextInput(attrs={"inputmode": "numeric"})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["corporate_number"].max_length = 30  # type: ignore[attr-defined]
        self.fields["corporate_number"].validators = []
        self.fields["corporate_number"].widget.attrs["maxlength"] = "30"
        if self.instance.pk:
            self.initial["fields_"] = self.instance.fields

    def clean_corporate_number(self) -> str:
        """Return the 13 digits, however they were typed."""
        try:
            return corporate_number(self.cleaned_data["corporate_number"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def profile(self) -> Profile:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        return Profile(
            **{name: typed[name] for name in ProfileForm.Meta.fields}, fields=tuple(typed["fields_"])
        )


class FoundingForm(NamingForm, ProfileForm):
    """A new party: kind, names, face."""

    kind = forms.ChoiceField(
        label=_("あなたはどの主体ですか"), choices=Kind.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Party
        fields = (*NamingForm.Meta.fields, *ProfileForm.Meta.fields)
        help_texts = NamingForm.Meta.help_texts | ProfileForm.Meta.help_texts
        labels = NamingForm.Meta.labels
        widgets = ProfileForm.Meta.widgets

    def __init__(self, *args: object, at_the_desk: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not at_the_desk:
            kinds = [choice for choice in Kind.choices if choice[0] not in FOUNDED_AT_THE_DESK]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class FirstForm(forms.Form):
    """Who is to speak for a party that nobody has joined."""

    email = forms.EmailField(
        label=_("代表の人のメールアドレス"), help_text=_("この人に、招待のメールを送ります。")
    )


class InvitationForm(forms.Form):
    """Whom to invite, as what, from when."""

    email = forms.EmailField(label=_("メールアドレス"), help_text=_("この人に、招待のメールを送ります。"))
    role = forms.ChoiceField(
        label=_("役割"), choices=Role.choices, initial=Role.MEMBER, widget=forms.RadioSelect
    )
    starts_on = Day(label=_("始まりの日"), initial=timezone.localdate)


class RoleForm(forms.Form):
    """Another role from a day on."""

    role = forms.ChoiceField(label=_("新しい役割"), choices=Role.choices)
    on = Day(label=_("いつから"), initial=timezone.localdate)


class EndForm(forms.Form):
    """The last day of a term."""

    last_day = Day(
        label=_("終わりの日"), initial=timezone.localdate, help_text=_("この日までは、役割が続きます。")
    )


class MemberField(forms.ModelChoiceField[Membership]):
    """A choice among the members, by name and role."""

    def label_from_instance(self, obj: Membership) -> str:
        """Return the name and the role of a member."""
        return f"{obj.person}（{obj.get_role_display()}）"


class HandOverForm(forms.Form):
    """Who follows, and when: a member, or somebody still to be invited."""

    successor = MemberField(
        label=_("次の代表"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("下のアドレスの人"),
    )
    email = forms.EmailField(
        label=_("メンバーでない人のメールアドレス"),
        required=False,
        help_text=_("メンバーから選ばないときだけ書きます。その人が受けたとき、交代が決まります。"),
    )
    on = Day(label=_("交代する日"), help_text=_("この日から次の代表です。前の日まで、いまの代表が続けます。"))

    def __init__(self, *args: object, outgoing: Membership, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        successor = self.fields["successor"]
        assert isinstance(successor, MemberField)  # noqa: S101 - narrows the type
        successor.queryset = (
            Membership.objects.filter(party_id=outgoing.party_id, until__isnull=True)
            .exclude(person_id=outgoing.person_id)
            .select_related("person")
        )
        self.initial.setdefault("on", timezone.localdate() + timedelta(days=1))

    def clean(self) -> dict[str, object]:
        """Refuse none and both."""
        typed = super().clean() or {}
        if bool(typed.get("successor")) == bool(typed.get("email")):
            raise forms.ValidationError(
                _("次の代表を1人だけ決めてください。メンバーから選ぶか、アドレスを書きます。")
            )
        return typed


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class Papers(forms.FileField):
    """Several files, each checked by kind, content and size."""

    widget = SeveralFiles

    def clean(self, data: object, initial: object = None) -> list[Accepted]:
        """Return the accepted files; ValidationError names the file that is not."""
        uploads = data if isinstance(data, list) else [data] if data else []
        try:
            return [accept(super(Papers, self).clean(upload, initial)) for upload in uploads]
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None


class RegistrationForm(forms.Form):
    """An application for a fiscal year that is still open to the party."""

    fiscal_year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    note = Body(label=_("伝えたいこと"), required=False, validators=[validate_body, MaxGraphemes(2000)])
    papers = Papers(
        label=_("書類"), required=False, help_text=_("会則、役員名簿、事業計画など。いくつでも選べます。")
    )

    def __init__(self, *args: object, registrations: Collection[Registration], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        year = fiscal_year_of(timezone.localdate())
        closed = {each.fiscal_year for each in registrations if each.status != RegistrationStatus.RETURNED}
        self.years = [each for each in (year, year + 1) if each not in closed]
        self.fields["fiscal_year"].choices = [  # type: ignore[attr-defined]
            (each, fiscal_year_label(each)) for each in self.years
        ]

    def renewable(self, registrations: Collection[Registration]) -> list[tuple[int, str]]:
        """Return the open years for which an earlier accepted registration can be used again, with labels."""
        kept = [each.fiscal_year for each in registrations if each.status in RENEWABLE]
        asked = {each.fiscal_year for each in registrations}
        open_years = [year for year in self.years if kept and min(kept) < year and year not in asked]
        return [(year, fiscal_year_label(year)) for year in open_years]


class RenewalForm(forms.Form):
    """The fiscal year to renew for."""

    fiscal_year = forms.IntegerField()


class DecisionForm(forms.Form):
    """A coordinator's decision."""

    decision = forms.ChoiceField(
        label=_("決めること"),
        choices=[("accept", pgettext_lazy("decision", "登録する")), ("return", _("差しもどす"))],
        widget=forms.RadioSelect,
    )
    reason = Body(
        label=_("理由"),
        validators=[validate_body, MaxGraphemes(1000)],
        help_text=_("団体の人が読みます。差しもどすときは、何を直せばよいかを書きます。"),
    )
