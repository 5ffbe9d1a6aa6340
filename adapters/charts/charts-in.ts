import type { Message, Part } from '../../src/domain/message.js';
import type { Picture } from '../../src/domain/pictures.js';

/** The message with its charts drawn, as PNG. What draws is loaded with the first of them: most processes never need it. */
export async function withChartsDrawn(message: Message): Promise<Message> {
  if (!message.parts.some((part) => part.kind === 'chart')) return message;
  const { drawPng } = await import('./draw.js');
  const drawn = async (picture: Picture): Promise<Part> => {
    const png = await drawPng(picture);
    return { kind: 'image', png, fileName: fileNameOf(picture.title), alt: picture.alt };
  };
  return { parts: await Promise.all(message.parts.map((part) => (part.kind === 'chart' ? drawn(part.picture) : part))) };
}

const LONGEST_NAME = 60;

function fileNameOf(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['chart'];
  return `${words.join('-').slice(0, LONGEST_NAME)}.png`;
}
