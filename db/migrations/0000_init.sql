CREATE TABLE "accounts" (
	"platform" text NOT NULL,
	"account" text NOT NULL,
	"person_id" bigint NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "accounts_platform_account_pk" PRIMARY KEY("platform","account")
);
--> statement-breakpoint
CREATE TABLE "activity_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "activity_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"programme_id" bigint,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"what" text NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alumni" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "alumni_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"cohort_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "alumni_once_a_cohort" UNIQUE("cohort_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "career_updates" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "career_updates_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"reply_id" bigint,
	"person_id" bigint NOT NULL,
	"programme_id" bigint NOT NULL,
	"check_in_id" bigint,
	"stored_at" timestamp (3) with time zone NOT NULL,
	"record" jsonb NOT NULL,
	"basis" text NOT NULL,
	"carried_forward" boolean DEFAULT false NOT NULL,
	"kind_confidence" integer NOT NULL,
	"track_confidence" integer NOT NULL,
	"reader" text NOT NULL,
	"reader_version" text NOT NULL,
	CONSTRAINT "career_updates_basis" CHECK ("career_updates"."basis" in ('read', 'corrected', 'confirmed', 'taken_back', 'organiser')),
	CONSTRAINT "career_updates_confidence" CHECK ("career_updates"."kind_confidence" between 0 and 1000 and "career_updates"."track_confidence" between 0 and 1000)
);
--> statement-breakpoint
CREATE TABLE "check_in_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "check_in_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"check_in_id" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"asked" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "check_ins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "check_ins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"alumnus_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"programme_id" bigint NOT NULL,
	"cohort_id" bigint NOT NULL,
	"wave_months" integer NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"due_on" date NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"look_at" timestamp (3) with time zone,
	"not_before" date,
	"served_by" bigint,
	"asks" integer DEFAULT 0 NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	"last_message_at" timestamp (3) with time zone,
	"reminders_sent" integer DEFAULT 0 NOT NULL,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "check_ins_each_wave_once" UNIQUE("alumnus_id","wave_months"),
	CONSTRAINT "check_ins_state" CHECK ("check_ins"."state" in ('planned', 'sending', 'delivered', 'answered', 'lapsed', 'snoozed', 'stopped', 'unreachable', 'not_asked', 'unsure', 'erased')),
	CONSTRAINT "check_ins_not_served_by_itself" CHECK ("check_ins"."served_by" is distinct from "check_ins"."id"),
	CONSTRAINT "check_ins_delivered_has_time" CHECK ("check_ins"."state" <> 'delivered' or "check_ins"."delivered_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "cohorts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cohorts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"programme_id" bigint NOT NULL,
	"name" text NOT NULL,
	"ended_on" date NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"what" text NOT NULL,
	"kind" text NOT NULL,
	"person_id" bigint,
	"programme_id" bigint,
	"check_in_id" bigint,
	"reply_id" bigint,
	"payload" jsonb,
	"public_payload" jsonb,
	"platform" text,
	"address" text,
	"address_kind" text DEFAULT 'person' NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"attempted_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"message_ref" text,
	"revision_wanted" integer DEFAULT 0 NOT NULL,
	"revision_shown" integer DEFAULT 0 NOT NULL,
	"problem" text,
	CONSTRAINT "deliveries_what" UNIQUE("what"),
	CONSTRAINT "deliveries_key" UNIQUE("key"),
	CONSTRAINT "deliveries_state" CHECK ("deliveries"."state" in ('queued', 'sending', 'sent', 'failed', 'unsure', 'cancelled', 'remove', 'removed')),
	CONSTRAINT "deliveries_kind" CHECK ("deliveries"."kind" in ('question', 'reminder', 'card', 'note', 'digest', 'farewell')),
	CONSTRAINT "deliveries_sent_has_ref" CHECK ("deliveries"."state" <> 'sent' or "deliveries"."sent_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "erased_identifiers" (
	"hash" text PRIMARY KEY NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbound_events" (
	"platform" text NOT NULL,
	"event_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "inbound_events_platform_event_id_pk" PRIMARY KEY("platform","event_id")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"person_id" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"platform" text NOT NULL,
	"external_id" text NOT NULL,
	"reply_id" bigint,
	"text" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "messages_once" UNIQUE("platform","external_id")
);
--> statement-breakpoint
CREATE TABLE "organisers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "organisers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"programme_id" bigint NOT NULL,
	"platform" text,
	"account" text,
	"email" text,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "organisers_account" UNIQUE("programme_id","platform","account"),
	CONSTRAINT "organisers_named_one_way" CHECK (("organisers"."platform" is not null and "organisers"."account" is not null) <> ("organisers"."email" is not null))
);
--> statement-breakpoint
CREATE TABLE "participations" (
	"person_id" bigint NOT NULL,
	"programme_id" bigint NOT NULL,
	"names_consent" text DEFAULT 'not_asked' NOT NULL,
	"noticed_at" timestamp (3) with time zone,
	"influence_asked_at" timestamp (3) with time zone,
	"stopped_at" timestamp (3) with time zone,
	"paused_until" date,
	CONSTRAINT "participations_person_id_programme_id_pk" PRIMARY KEY("person_id","programme_id"),
	CONSTRAINT "participations_consent" CHECK ("participations"."names_consent" in ('not_asked', 'totals', 'named'))
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text,
	"email" text,
	"time_zone" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"erased_at" timestamp (3) with time zone,
	CONSTRAINT "people_erased_leave_nothing" CHECK ("people"."erased_at" is null or ("people"."name" is null and "people"."email" is null and "people"."time_zone" is null))
);
--> statement-breakpoint
CREATE TABLE "prediction_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "prediction_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"programme_id" bigint NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"about" bigint,
	"body" json NOT NULL,
	"previous_hash" text,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prediction_entries_sequence" UNIQUE("programme_id","sequence"),
	CONSTRAINT "prediction_entries_kind" CHECK ("prediction_entries"."kind" in ('registered', 'amended', 'withdrawn', 'resolved'))
);
--> statement-breakpoint
CREATE TABLE "prediction_members" (
	"prediction_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	CONSTRAINT "prediction_members_prediction_id_person_id_pk" PRIMARY KEY("prediction_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "programmes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "programmes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "replies" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "replies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"programme_id" bigint NOT NULL,
	"check_in_id" bigint,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"settle_at" timestamp (3) with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	"read_version" integer DEFAULT 0 NOT NULL,
	"read_messages" integer DEFAULT 0 NOT NULL,
	"state" text NOT NULL,
	"help_consent" text DEFAULT 'not_asked' NOT NULL,
	"help_consent_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "replies_state" CHECK ("replies"."state" in ('collecting', 'read', 'confirmed', 'taken_back', 'closed')),
	CONSTRAINT "replies_help_consent" CHECK ("replies"."help_consent" in ('not_asked', 'asked', 'yes', 'no'))
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_log" ADD CONSTRAINT "activity_log_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alumni" ADD CONSTRAINT "alumni_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alumni" ADD CONSTRAINT "alumni_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "career_updates" ADD CONSTRAINT "career_updates_reply_id_replies_id_fk" FOREIGN KEY ("reply_id") REFERENCES "public"."replies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "career_updates" ADD CONSTRAINT "career_updates_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "career_updates" ADD CONSTRAINT "career_updates_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "career_updates" ADD CONSTRAINT "career_updates_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_in_events" ADD CONSTRAINT "check_in_events_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_alumnus_id_alumni_id_fk" FOREIGN KEY ("alumnus_id") REFERENCES "public"."alumni"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_reply_id_replies_id_fk" FOREIGN KEY ("reply_id") REFERENCES "public"."replies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_codes" ADD CONSTRAINT "link_codes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_reply_id_replies_id_fk" FOREIGN KEY ("reply_id") REFERENCES "public"."replies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisers" ADD CONSTRAINT "organisers_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prediction_entries" ADD CONSTRAINT "prediction_entries_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prediction_members" ADD CONSTRAINT "prediction_members_prediction_id_prediction_entries_id_fk" FOREIGN KEY ("prediction_id") REFERENCES "public"."prediction_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prediction_members" ADD CONSTRAINT "prediction_members_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replies" ADD CONSTRAINT "replies_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replies" ADD CONSTRAINT "replies_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replies" ADD CONSTRAINT "replies_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_person" ON "accounts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "activity_log_programme" ON "activity_log" USING btree ("programme_id","at");--> statement-breakpoint
CREATE INDEX "alumni_person" ON "alumni" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "career_updates_reply" ON "career_updates" USING btree ("reply_id");--> statement-breakpoint
CREATE INDEX "career_updates_person" ON "career_updates" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "career_updates_check_in" ON "career_updates" USING btree ("check_in_id","stored_at");--> statement-breakpoint
CREATE INDEX "career_updates_programme" ON "career_updates" USING btree ("programme_id","stored_at");--> statement-breakpoint
CREATE INDEX "check_in_events_check_in" ON "check_in_events" USING btree ("check_in_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "check_ins_one_open" ON "check_ins" USING btree ("person_id","programme_id") WHERE "check_ins"."state" in ('sending', 'delivered') and "check_ins"."served_by" is null;--> statement-breakpoint
CREATE INDEX "check_ins_look_at" ON "check_ins" USING btree ("look_at") WHERE "check_ins"."look_at" is not null;--> statement-breakpoint
CREATE INDEX "check_ins_person" ON "check_ins" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "check_ins_wave" ON "check_ins" USING btree ("cohort_id","wave_months");--> statement-breakpoint
CREATE INDEX "check_ins_asked" ON "check_ins" USING btree ("programme_id","delivered_at");--> statement-breakpoint
CREATE UNIQUE INDEX "cohorts_name" ON "cohorts" USING btree ("programme_id",lower("name"));--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE "deliveries"."state" in ('queued', 'sending', 'remove') or ("deliveries"."state" = 'sent' and "deliveries"."revision_wanted" > "deliveries"."revision_shown");--> statement-breakpoint
CREATE INDEX "deliveries_check_in" ON "deliveries" USING btree ("check_in_id");--> statement-breakpoint
CREATE INDEX "deliveries_person" ON "deliveries" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "deliveries_reply" ON "deliveries" USING btree ("reply_id");--> statement-breakpoint
CREATE INDEX "deliveries_programme" ON "deliveries" USING btree ("programme_id") WHERE "deliveries"."kind" = 'digest';--> statement-breakpoint
CREATE INDEX "messages_reply" ON "messages" USING btree ("reply_id");--> statement-breakpoint
CREATE INDEX "messages_person" ON "messages" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organisers_email" ON "organisers" USING btree ("programme_id",lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "people_email" ON "people" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "prediction_entries_resolved_once" ON "prediction_entries" USING btree ("about") WHERE "prediction_entries"."kind" = 'resolved';--> statement-breakpoint
CREATE INDEX "prediction_members_person" ON "prediction_members" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "programmes_name" ON "programmes" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "replies_settle" ON "replies" USING btree ("settle_at") WHERE "replies"."settle_at" is not null;--> statement-breakpoint
CREATE INDEX "replies_person" ON "replies" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "replies_check_in" ON "replies" USING btree ("check_in_id");