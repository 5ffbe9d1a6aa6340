CREATE TABLE "drafts" (
	"key" text PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"account" text NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "silences" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "silences_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"platform" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_kind";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "direct_channel" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "heard_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "alumni" ADD COLUMN "came_by" text DEFAULT 'roster' NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "cohort_id" bigint;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "time_zone_from" text;--> statement-breakpoint
CREATE INDEX "drafts_made_at" ON "drafts" USING btree ("made_at");--> statement-breakpoint
CREATE INDEX "silences_platform" ON "silences" USING btree ("platform","to_at");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_kind" CHECK ("deliveries"."kind" in ('question', 'reminder', 'card', 'note', 'digest', 'farewell', 'invitation'));