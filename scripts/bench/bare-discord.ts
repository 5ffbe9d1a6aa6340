import { Client, Events, GatewayIntentBits, Partials } from 'discord.js';

/** A discord.js client that does nothing, to measure ours beside it. */
const { DISCORD_API_URL: api = '', DISCORD_TOKEN: token = '' } = process.env;
const intents = GatewayIntentBits.Guilds | GatewayIntentBits.DirectMessages;
const client = new Client({ intents, partials: [Partials.Channel], rest: { api } });
client.on(Events.MessageCreate, () => {});
client.once(Events.ClientReady, () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
await client.login(token);
