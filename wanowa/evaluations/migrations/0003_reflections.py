"""What comes after the reveal: reasons, the joint text with everybody's consent, comments, what follows."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0003_measures"),
        ("evaluations", "0002_guards"),
        ("parties", "0002_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=80, verbose_name="どの会議の意見か")),
                ("text", models.TextField(verbose_name="意見")),
                ("said_on", models.DateField(verbose_name="意見が出た日")),
                ("source", models.CharField(max_length=200, verbose_name="出どころ")),
                ("entered_at", models.DateTimeField(verbose_name="のせた日時")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="evaluations.round",
                        verbose_name="ふりかえり",
                    ),
                ),
            ],
            options={
                "verbose_name": "会議の意見",
                "ordering": ["said_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=64, verbose_name="どの問いについて")),
                ("text", models.TextField(blank=True, verbose_name="わけ")),
                ("said_at", models.DateTimeField(verbose_name="書いた日時")),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="主体",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reasons",
                        to="evaluations.round",
                        verbose_name="ふりかえり",
                    ),
                ),
            ],
            options={
                "verbose_name": "わけ",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="作成日時")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新日時")),
                ("content", models.JSONField(verbose_name="内容")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="直した回数")),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="最後に直した主体",
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reflection",
                        to="evaluations.round",
                        verbose_name="ふりかえり",
                    ),
                ),
            ],
            options={
                "verbose_name": "まとめの下書き",
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="案の番号")),
                ("content", models.JSONField(verbose_name="内容")),
                (
                    "concerned",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), verbose_name="同意がいる主体"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True, verbose_name="指紋")),
                ("offered_at", models.DateTimeField(verbose_name="出した日時")),
                ("in_force_at", models.DateTimeField(blank=True, null=True, verbose_name="公開した日時")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="戻した日時")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="戻した主体",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="出した主体",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="evaluations.round",
                        verbose_name="ふりかえり",
                    ),
                ),
            ],
            options={
                "verbose_name": "まとめ",
                "ordering": ["round", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "number"), name="statement_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("round",),
                        name="statement_one_open_or_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_at__isnull", True), ("closed_at__isnull", True), _connector="OR"
                        ),
                        name="statement_has_one_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, verbose_name="読んだ内容の指紋")),
                ("shows_own", models.BooleanField(default=False, verbose_name="自分の点とことばも公開する")),
                ("given_at", models.DateTimeField(verbose_name="同意した日時")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="取り下げた日時")),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="主体",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="同意した人",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="evaluations.statement",
                        verbose_name="まとめ",
                    ),
                ),
            ],
            options={
                "verbose_name": "まとめへの同意",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("statement", "party"),
                        name="approval_once_for_a_party",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("statement", "person"),
                        name="approval_one_person_one_party",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Successor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "collaboration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collaborations.collaboration",
                        verbose_name="つづきの取組",
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="evaluations.round",
                        verbose_name="ふりかえり",
                    ),
                ),
            ],
            options={
                "verbose_name": "つづきの取組",
            },
        ),
    ]
