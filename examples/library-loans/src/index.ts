export { type LibraryLoans, type LibraryLoansOptions, startLibraryLoans } from './start-library-loans.ts';
