import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BOT_SCOPES, EVENTS, METHODS, scopesTable } from '../../adapters/slack/scopes.js';
import { readPlainYaml } from '../support/plain-yaml.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Slack's limits, and every name that its manifests may have here: a misspelt one is dropped there without a word. */
const manifestSchema = z.strictObject({
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(174).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().regex(/^[\w.-]{1,80}$/), always_online: z.boolean() }),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().regex(/^\/[a-z]{1,31}$/),
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.boolean(),
      }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.literal(true),
    token_rotation_enabled: z.literal(false),
  }),
});
const manifest = () => manifestSchema.parse(readPlainYaml(read('adapters/slack/manifest.yaml')));

describe('the Slack manifest', () => {
  it('is one that Slack takes, with a messages tab in which people can write', () => {
    expect(manifest().features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('has both commands', () => {
    expect(manifest().features.slash_commands.map((each) => each.command)).toEqual(['/checkin', '/alumni']);
  });

  it('asks for the scopes that something is called with, and for no other', () => {
    expect(manifest().oauth_config.scopes.bot).toEqual(BOT_SCOPES);
  });

  it('subscribes to the events that are heard, and to no other', () => {
    expect(manifest().settings.event_subscriptions.bot_events).toEqual(EVENTS.map((each) => each.event).sort());
  });
});

describe('what the bot may call', () => {
  it('is listed once each', () => {
    expect(new Set(METHODS.map((each) => each.method)).size).toBe(METHODS.length);
  });

  it('is explained in the docs, scope by scope', () => {
    expect(read('docs/slack.md')).toContain(scopesTable());
  });
});
