/** A book of the library. */
export type Book = {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly genre: Genre;
  readonly year: number;
  readonly copies: number;
};

export const genres = ['fiction', 'science', 'history', 'computing'] as const;
export type Genre = (typeof genres)[number];

export type Member = { readonly id: string; readonly name: string; readonly email: string };

export type Loan = {
  readonly id: string;
  readonly bookId: string;
  readonly memberId: string;
  /** `yyyy-mm-dd` */
  readonly borrowedOn: string;
  readonly dueOn: string;
  readonly returnedOn: string | null;
  readonly reminders: number;
};

/** Why a request can't be done: an HTTP status and what to say. */
export class LibraryError extends Error {
  readonly status: 404 | 409;

  constructor(status: 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

const dayMs = 86_400_000;
const loanDays = 21;

/** The library, in memory: every start begins with the same books, some of them out too long. */
export class Library {
  readonly #books: readonly Book[] = books;
  readonly #members: readonly Member[] = members;
  readonly #loans = new Map<string, Loan>();
  readonly #now: () => number;
  #nextLoan = 1;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    for (const [bookId, memberId, daysAgo] of openLoans) this.#add(bookId, memberId, daysAgo);
  }

  findBooks(filter: {
    readonly search?: string;
    readonly genre?: Genre;
    readonly authors?: readonly string[];
    readonly limit: number;
  }): readonly Book[] {
    const search = filter.search?.toLowerCase();
    return this.#books
      .filter((book) => search === undefined || book.title.toLowerCase().includes(search))
      .filter((book) => filter.genre === undefined || book.genre === filter.genre)
      .filter(
        (book) => filter.authors === undefined || filter.authors.length === 0 || filter.authors.includes(book.author),
      )
      .slice(0, filter.limit);
  }

  book(id: string): Book {
    return found(
      this.#books.find((book) => book.id === id),
      `There is no book ${id}.`,
    );
  }

  member(id: string): Member {
    return found(
      this.#members.find((member) => member.id === id),
      `There is no member ${id}.`,
    );
  }

  members(): readonly Member[] {
    return this.#members;
  }

  loans(filter: { readonly status?: 'open' | 'returned'; readonly memberId?: string }): readonly Loan[] {
    return [...this.#loans.values()]
      .filter((loan) => filter.status === undefined || (loan.returnedOn === null) === (filter.status === 'open'))
      .filter((loan) => filter.memberId === undefined || loan.memberId === filter.memberId);
  }

  loan(id: string): Loan {
    return found(this.#loans.get(id), `There is no loan ${id}.`);
  }

  borrow(bookId: string, memberId: string): Loan {
    const book = this.book(bookId);
    this.member(memberId);
    const out = this.loans({ status: 'open' }).filter((loan) => loan.bookId === bookId).length;
    if (out >= book.copies) throw new LibraryError(409, `Every copy of "${book.title}" is out.`);
    return this.#add(bookId, memberId, 0);
  }

  giveBack(id: string): Loan {
    const loan = this.loan(id);
    if (loan.returnedOn !== null) throw new LibraryError(409, `Loan ${id} was returned on ${loan.returnedOn}.`);
    return this.#keep({ ...loan, returnedOn: this.#day(0) });
  }

  remind(id: string): Loan {
    const loan = this.loan(id);
    if (loan.returnedOn !== null) throw new LibraryError(409, `Loan ${id} was returned on ${loan.returnedOn}.`);
    return this.#keep({ ...loan, reminders: loan.reminders + 1 });
  }

  #add(bookId: string, memberId: string, daysAgo: number): Loan {
    const id = `L${String(this.#nextLoan).padStart(4, '0')}`;
    this.#nextLoan += 1;
    return this.#keep({
      id,
      bookId,
      memberId,
      borrowedOn: this.#day(-daysAgo),
      dueOn: this.#day(loanDays - daysAgo),
      returnedOn: null,
      reminders: 0,
    });
  }

  #keep(loan: Loan): Loan {
    this.#loans.set(loan.id, loan);
    return loan;
  }

  #day(offset: number): string {
    return new Date(this.#now() + offset * dayMs).toISOString().slice(0, 10);
  }
}

function found<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new LibraryError(404, message);
  return value;
}

const books: readonly Book[] = [
  { id: 'B001', title: 'Middlemarch', author: 'George Eliot', genre: 'fiction', year: 1871, copies: 2 },
  { id: 'B002', title: 'The Leopard', author: 'Giuseppe Tomasi di Lampedusa', genre: 'fiction', year: 1958, copies: 1 },
  { id: 'B003', title: 'Things Fall Apart', author: 'Chinua Achebe', genre: 'fiction', year: 1958, copies: 2 },
  {
    id: 'B004',
    title: 'The Master and Margarita',
    author: 'Mikhail Bulgakov',
    genre: 'fiction',
    year: 1967,
    copies: 1,
  },
  { id: 'B005', title: 'On the Origin of Species', author: 'Charles Darwin', genre: 'science', year: 1859, copies: 1 },
  { id: 'B006', title: 'Silent Spring', author: 'Rachel Carson', genre: 'science', year: 1962, copies: 2 },
  { id: 'B007', title: 'The Periodic Table', author: 'Primo Levi', genre: 'science', year: 1975, copies: 1 },
  { id: 'B008', title: 'The Histories', author: 'Herodotus', genre: 'history', year: -430, copies: 1 },
  { id: 'B009', title: 'Montaillou', author: 'Emmanuel Le Roy Ladurie', genre: 'history', year: 1975, copies: 1 },
  {
    id: 'B010',
    title: 'The Mythical Man-Month',
    author: 'Frederick P. Brooks',
    genre: 'computing',
    year: 1975,
    copies: 3,
  },
  {
    id: 'B011',
    title: 'A Discipline of Programming',
    author: 'Edsger W. Dijkstra',
    genre: 'computing',
    year: 1976,
    copies: 1,
  },
  {
    id: 'B012',
    title: 'The Psychology of Computer Programming',
    author: 'Gerald M. Weinberg',
    genre: 'computing',
    year: 1971,
    copies: 1,
  },
];

const members: readonly Member[] = [
  { id: 'M1', name: 'Ada Bloom', email: 'ada@library.example' },
  { id: 'M2', name: 'Tomas Reyes', email: 'tomas@library.example' },
  { id: 'M3', name: 'Ingrid Solberg', email: 'ingrid@library.example' },
];

/** Book, member, and how many days ago it was borrowed. */
const openLoans: readonly (readonly [string, string, number])[] = [
  ['B010', 'M1', 34],
  ['B006', 'M1', 5],
  ['B002', 'M2', 25],
  ['B009', 'M3', 60],
  ['B011', 'M3', 12],
];
