ALTER TABLE "career_updates" ADD COLUMN "trace" jsonb;--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "told_model" text;