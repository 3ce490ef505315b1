import { expect, it } from 'vitest';
import { fetchLanguage, wordsOf } from '../languages.ts';

it('per cent is written in one way in a language', async () => {
  await fetchLanguage('zh-CN');
  const { phrases = {}, messages, data } = wordsOf('zh-CN');
  const chinese = JSON.stringify([Object.values(phrases), messages, Object.values(data)]);
  expect(chinese.match(/.{0,9}[\d}] %/g)).toBeNull();
  const english = JSON.stringify([Object.keys(phrases), wordsOf('en').messages]);
  expect(english.match(/.{0,9}[\d}]%/g)).toBeNull();
});
