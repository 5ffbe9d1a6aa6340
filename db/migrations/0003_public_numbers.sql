CREATE TABLE "prediction_salts" (
	"prediction_id" bigint PRIMARY KEY NOT NULL,
	"salt" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "public_reports" (
	"programme_id" bigint NOT NULL,
	"scope" text NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"min_cell" integer NOT NULL,
	"report" json NOT NULL,
	CONSTRAINT "public_reports_programme_id_scope_pk" PRIMARY KEY("programme_id","scope")
);
--> statement-breakpoint
DROP INDEX "prediction_entries_resolved_once";--> statement-breakpoint
ALTER TABLE "prediction_salts" ADD CONSTRAINT "prediction_salts_prediction_id_prediction_entries_id_fk" FOREIGN KEY ("prediction_id") REFERENCES "public"."prediction_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_reports" ADD CONSTRAINT "public_reports_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "prediction_entries_settled_once" ON "prediction_entries" USING btree ("about") WHERE "prediction_entries"."kind" in ('resolved', 'withdrawn');--> statement-breakpoint
CREATE INDEX "prediction_entries_about" ON "prediction_entries" USING btree ("about");