import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import * as vega from 'vega';
import { compile } from 'vega-lite';
import type { Picture } from '../../src/domain/pictures.js';
import { HATCHED } from './palette.js';
import { specOf } from './spec.js';

/** With no font resvg draws no text, and says nothing: the fonts come with a package, and the system's are left alone. */
const FONT_FOLDER = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
/** What has to be there for letters in pictures. */
export const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(FONT_FOLDER, file));

/** The fonts have no glyphs for these, and would show boxes. */
const NO_GLYPH =
  /\p{Extended_Pictographic}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\ufe0f|\u200d/gu;

/** Without a canvas vega takes every letter for 0.8 of the font's size; those of DejaVu Sans are 0.6 wide on average, a little more in bold. */
const LETTER_WIDTH = 0.62;
type TextMetrics = { width: (item: { readonly fontSize?: number }, text: unknown) => number };
// vega exports it, its types do not.
const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };
textMetrics.width = ({ fontSize = 11 }, text) => LETTER_WIDTH * fontSize * String(text ?? '').length;

/** The picture as SVG. `name` makes ids in it its own where several stand on one page. */
export async function drawSvg(picture: Picture, name = 'picture'): Promise<string> {
  const readable = JSON.parse(JSON.stringify(picture).replace(NO_GLYPH, '□')) as Picture;
  const { spec } = compile(specOf(readable));
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return hatched(svg, name);
}

/** The picture as PNG, at twice its size, for screens that are fine. */
export async function drawPng(picture: Picture): Promise<Uint8Array> {
  const svg = await drawSvg(picture);
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  });
  return drawn.render().asPng();
}

function hatched(svg: string, name: string): string {
  const patterns = Object.entries(HATCHED).map(
    ([fill, lines], nth) =>
      `<pattern id="${name}-hatch-${nth}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="${fill}"/><rect width="2" height="7" fill="${lines}"/></pattern>`,
  );
  const withFills = Object.keys(HATCHED).reduce(
    (text, fill, nth) => text.replaceAll(`fill="${fill}"`, `fill="url(#${name}-hatch-${nth})"`),
    svg,
  );
  return withFills.replace(/(<svg[^>]*>)/, `$1<defs>${patterns.join('')}</defs>`);
}
