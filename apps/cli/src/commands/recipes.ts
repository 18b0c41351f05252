/** `kiln recipes`: what can be trained, with the settings of each. */
import { table } from '../table.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';

interface RecipeListing {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly needs?: string;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly settings: readonly {
    readonly key: string;
    readonly default: unknown;
    readonly description: string;
  }[];
}

export const addRecipes: AddCommand = (program, context) => {
  program
    .command('recipes')
    .summary('list what can be trained')
    .description('Lists the recipes with their defaults and the settings that --set changes.')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('kiln recipes', "kiln recipes --json | jq '.[].name'"))
    .action(async (options: { json?: boolean }) => {
      const { recipes } = await askWorker<{ recipes: RecipeListing[] }>(context, { mode: 'recipes' });
      context.terminal.print(
        options.json
          ? JSON.stringify(recipes, null, 2)
          : recipes
              .map((recipe) => recipeText(recipe, context.terminal.style('bold', recipe.name)))
              .join('\n\n'),
      );
    });
};

function recipeText(
  { title, summary, source, needs = '', defaults, settings }: RecipeListing,
  name: string,
): string {
  const defaultText = Object.entries(defaults).map(([key, value]) => `${key} ${value}`);
  const rows = settings.map((setting) => [
    `    ${setting.key}`,
    JSON.stringify(setting.default),
    setting.description,
  ]);
  return [
    `${name}  ${title}`,
    `  ${summary}`,
    `  source: ${source}`,
    ...(needs === '' ? [] : [`  needs --data: ${needs}`]),
    `  defaults: ${defaultText.join(', ')}`,
    ...(rows.length > 0 ? ['  settings:', table(rows)] : []),
  ].join('\n');
}
