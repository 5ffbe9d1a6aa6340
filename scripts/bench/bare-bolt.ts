import { App, SocketModeReceiver } from '@slack/bolt';

/** A Bolt app that does nothing, to measure ours beside it. */
const { SLACK_API_URL: slackApiUrl = '', SLACK_APP_TOKEN: appToken = '', SLACK_BOT_TOKEN: token = '' } = process.env;
const receiver = new SocketModeReceiver({ appToken, installerOptions: { clientOptions: { slackApiUrl } } });
const app = new App({ token, receiver, clientOptions: { slackApiUrl } });
app.message(async () => {});
await app.start();
process.on('SIGTERM', () => process.exit(0));
console.log('ready');
