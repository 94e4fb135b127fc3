"""Signed checkpoints, the public keys that sign them, and what the database itself keeps of them: they stay.

A checkpoint follows the one before without a gap, whoever adds it.
"""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION record_next_number() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last integer;
BEGIN
    EXECUTE format('SELECT max(number) FROM %I', TG_TABLE_NAME) INTO last;
    IF NEW.number <> coalesce(last, 0) + 1 THEN
        RAISE EXCEPTION '% counts on by one', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_checkpoint_next BEFORE INSERT ON record_checkpoint
    FOR EACH ROW EXECUTE FUNCTION record_next_number();
CREATE TRIGGER record_logkey_next BEFORE INSERT ON record_logkey
    FOR EACH ROW EXECUTE FUNCTION record_next_number();

CREATE TRIGGER record_checkpoint_stays BEFORE UPDATE OR DELETE ON record_checkpoint
    FOR EACH ROW EXECUTE FUNCTION record_refuse();
CREATE TRIGGER record_checkpoint_no_truncate BEFORE TRUNCATE ON record_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuse();
CREATE TRIGGER record_checkpointhead_stays BEFORE UPDATE OR DELETE ON record_checkpointhead
    FOR EACH ROW EXECUTE FUNCTION record_refuse();
CREATE TRIGGER record_checkpointhead_no_truncate BEFORE TRUNCATE ON record_checkpointhead
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuse();
CREATE TRIGGER record_logkey_stays BEFORE UPDATE OR DELETE ON record_logkey
    FOR EACH ROW EXECUTE FUNCTION record_refuse();
CREATE TRIGGER record_logkey_no_truncate BEFORE TRUNCATE ON record_logkey
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuse();
CREATE TRIGGER record_halt_stays BEFORE UPDATE OR DELETE ON record_halt
    FOR EACH ROW EXECUTE FUNCTION record_refuse();
CREATE TRIGGER record_halt_no_truncate BEFORE TRUNCATE ON record_halt
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuse();
"""

BACKWARD = """
DROP TRIGGER record_halt_no_truncate ON record_halt;
DROP TRIGGER record_halt_stays ON record_halt;
DROP TRIGGER record_logkey_no_truncate ON record_logkey;
DROP TRIGGER record_logkey_stays ON record_logkey;
DROP TRIGGER record_checkpointhead_no_truncate ON record_checkpointhead;
DROP TRIGGER record_checkpointhead_stays ON record_checkpointhead;
DROP TRIGGER record_checkpoint_no_truncate ON record_checkpoint;
DROP TRIGGER record_checkpoint_stays ON record_checkpoint;
DROP TRIGGER record_logkey_next ON record_logkey;
DROP TRIGGER record_checkpoint_next ON record_checkpoint;
DROP FUNCTION record_next_number();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Halt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checkpoint", models.PositiveIntegerField(verbose_name="止めたまとめ印の番号")),
                ("at", models.DateTimeField(verbose_name="時刻")),
                ("case", models.CharField(max_length=120, verbose_name="案件")),
                ("number", models.PositiveIntegerField(null=True, verbose_name="番号")),
                ("sentence", models.TextField(verbose_name="合わなかったこと")),
                ("count", models.PositiveIntegerField(verbose_name="合わなかった数")),
            ],
            options={
                "verbose_name": "止めたまとめ印",
            },
        ),
        migrations.CreateModel(
            name="LogKey",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="番号"),
                ),
                ("text", models.CharField(max_length=200, verbose_name="公開鍵")),
                ("lost", models.BooleanField(default=False, verbose_name="前の鍵をなくした")),
            ],
            options={
                "verbose_name": "まとめ印の公開鍵",
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="番号"),
                ),
                ("text", models.TextField(verbose_name="署名した文")),
                ("note", models.TextField(verbose_name="署名つきの文")),
                ("root", models.CharField(max_length=64, verbose_name="根")),
                ("size", models.PositiveIntegerField(verbose_name="案件の数")),
                ("entries", models.PositiveBigIntegerField(verbose_name="記録の数")),
                ("at", models.DateTimeField(verbose_name="時刻")),
                ("digest", models.CharField(max_length=64, verbose_name="ダイジェスト")),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="record.logkey", verbose_name="鍵"
                    ),
                ),
            ],
            options={
                "verbose_name": "まとめ印",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="CheckpointHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.CharField(max_length=120, verbose_name="案件")),
                ("number", models.PositiveIntegerField(verbose_name="最後の番号")),
                ("digest", models.CharField(max_length=64, verbose_name="最後のダイジェスト")),
                (
                    "checkpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heads",
                        to="record.checkpoint",
                        verbose_name="まとめ印",
                    ),
                ),
            ],
            options={
                "verbose_name": "まとめ印の中の先頭",
                "indexes": [models.Index(fields=["checkpoint", "case"], name="checkpoint_heads_in_order")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "checkpoint"), name="checkpoint_holds_a_case_once"
                    ),
                    models.UniqueConstraint(fields=("case", "number"), name="checkpoint_head_moves"),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
