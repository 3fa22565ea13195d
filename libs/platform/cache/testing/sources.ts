import { aBook, type Book } from './books.js';

/** What is to be cached, and how often it was asked for. */
export function aSource(answer: () => Promise<Book | null> | Book | null = aBook) {
  const source = { loads: 0, answer };
  const load = async () => {
    source.loads++;
    return source.answer();
  };
  return { source, load };
}

/** Answers when it is told to. */
export function aSlowSource() {
  const [asked, delivery] = [Promise.withResolvers<void>(), Promise.withResolvers<Book>()];
  const { source, load } = aSource(() => {
    asked.resolve();
    return delivery.promise;
  });
  return { source, load, asked: asked.promise, deliver: delivery.resolve };
}

/** For what cannot be loaded now. */
export const fail = async (): Promise<never> => {
  throw new Error('away');
};
