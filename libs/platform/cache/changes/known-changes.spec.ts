import { describe, expect, it } from 'vitest';
import { KnownChanges, MOST_CHANGES } from './known-changes.js';
import { Snapshot } from './snapshot.js';

const at = (text: string) => Snapshot.parse(text) as Snapshot;

/** Has read once; nothing had changed. */
function setup() {
  const known = new KnownChanges();
  known.read(at('10:10:'), [], known.place);
  return known;
}

describe('an entry of this process', () => {
  it('is current until one of its tags changes', () => {
    const known = setup();
    const { place } = known;

    known.hear(['another']);
    expect(known.isCurrent(['orders:1', 'user:1'], place)).toBe(true);
    known.hear(['user:1']);

    expect(known.isCurrent(['orders:1', 'user:1'], place)).toBe(false);
    expect(known.isCurrent(['orders:1', 'user:1'], known.place)).toBe(true);
  });

  it('is no more current when a change is only read of, its message lost', () => {
    const known = setup();
    const { place } = known;

    known.read(at('12:12:'), [{ tag: 'orders:1', transaction: 11 }], place);

    expect(known.isCurrent(['orders:1'], place)).toBe(false);
  });

  it('is not current any more when more has changed than one reading takes', () => {
    const known = setup();
    const { place } = known;

    known.forgetUpTo(11);

    expect(known.isCurrent(['orders:1'], place)).toBe(false);
    expect(known.isCurrent(['orders:1'], known.place)).toBe(true);
  });
});

describe('an entry of another process', () => {
  it('is believed by nobody who has not read the changes yet', () => {
    expect(new KnownChanges().isSeenBy(['orders:1'], at('10:10:'))).toBe(false);
    expect(setup().isSeenBy(['orders:1'], at('10:10:'))).toBe(true);
  });

  it.each([
    ['had seen the change', '12:12:', true],
    ['began before it', '11:11:', false],
    ['began while it ran', '11:13:11', false],
    ['began while another one ran', '9:12:9', true],
  ])('is good if the one that loaded it %s', (_, snapshot, isGood) => {
    const known = setup();

    known.read(at('12:12:'), [{ tag: 'orders:1', transaction: 11 }], known.place);

    expect(known.isSeenBy(['orders:1'], at(snapshot))).toBe(isGood);
  });

  it('is not believed after the message of a change until the change itself was read', () => {
    const known = setup();
    const later = at('20:20:');

    known.hear(['orders:1']);
    expect(known.isSeenBy(['orders:1'], later)).toBe(false);
    known.read(at('12:12:'), [{ tag: 'orders:1', transaction: 11 }], known.place);

    expect(known.isSeenBy(['orders:1'], later)).toBe(true);
    expect(known.isSeenBy(['orders:1'], at('11:11:'))).toBe(false);
  });

  it('is not believed when the message came while the changes were being read', () => {
    const known = setup();
    const askedAt = known.place;

    known.hear(['orders:1']);
    known.read(at('12:12:'), [], askedAt);

    expect(known.isSeenBy(['orders:1'], at('12:12:'))).toBe(false);
  });

  it('is not believed when it may have missed what is not told apart any more', () => {
    const known = setup();

    known.forgetUpTo(11);

    expect(known.isSeenBy(['orders:1'], at('11:13:11'))).toBe(false);
    expect(known.isSeenBy(['orders:1'], at('12:13:12'))).toBe(true);
  });
});

describe('the memory of changes', () => {
  it('is bounded: for the oldest all entries of their time are given up', () => {
    const known = setup();
    const { place } = known;
    known.read(at('12:12:'), [{ tag: 'first', transaction: 11 }], place);
    const placeAfter = known.place;
    const many = Array.from({ length: MOST_CHANGES }, (_, index) => ({ tag: `tag-${index}`, transaction: 12 }));

    known.read(at('13:13:'), many, known.place);

    expect(known.isCurrent(['first'], place)).toBe(false);
    expect(known.isCurrent(['first'], placeAfter)).toBe(true);
    expect(known.isSeenBy(['first'], at('11:11:'))).toBe(false);
    expect(known.isSeenBy(['first'], at('12:12:'))).toBe(true);
  });
});
