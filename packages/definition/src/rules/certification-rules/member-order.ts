import type { Rule } from '../rule.ts';

export const memberOrder: Rule = {
  code: 'member-order',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The members of the definition are in the usual order.',
  why: 'Published definitions are reviewed as text: swagger, info, host, schemes, consumes, produces, paths, definitions, parameters.',
  bad: '{ "paths": {}, "info": {}, "swagger": "2.0" }',
  good: '{ "swagger": "2.0", "info": {}, "paths": {} }',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    let before = -1;
    for (const name of Object.keys(subject.root)) {
      const rank = groups.findIndex((group) => group.includes(name));
      if (rank === -1) continue;
      if (rank < before) {
        report(`/${name}`, `${name} stands after ${groups[before]?.join(' and ')}; usually it stands before.`);
        return;
      }
      before = rank;
    }
  },
};

const groups: readonly (readonly string[])[] = [
  ['swagger'],
  ['info'],
  ['host', 'basePath', 'schemes'],
  ['consumes', 'produces'],
  ['paths'],
  ['definitions'],
  ['parameters'],
];
