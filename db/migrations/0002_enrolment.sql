ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_kind";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "last_used_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "link_codes" ADD COLUMN "used_by" text;--> statement-breakpoint
CREATE INDEX "accounts_heard" ON "accounts" USING btree ("platform",coalesce("heard_until", "linked_at"));--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_kind" CHECK ("deliveries"."kind" in ('question', 'reminder', 'card', 'note', 'digest', 'farewell', 'invitation', 'notice'));