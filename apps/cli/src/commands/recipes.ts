/** `kiln recipes`: what can be trained, with the settings of each. */
import type { Context } from '../context.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';
import { askPlan, fitText, type Plan } from './plan.ts';

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
    .description(
      'Lists the recipes with their defaults and the settings that --set changes. Of one recipe also what its run needs.',
    )
    .argument('[recipe]', 'show this one only')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('kiln recipes', 'kiln recipes biggan-128', "kiln recipes --json | jq '.[].name'"),
    )
    .action(async (recipe: string | undefined, options: { json?: boolean }) => {
      const { recipes } = await listed(context, recipe);
      context.terminal.print(
        options.json
          ? JSON.stringify(recipes, null, 2)
          : recipes
              .map((recipe) => recipeText(recipe, context.terminal.style('bold', recipe.name)))
              .join('\n\n'),
      );
      if (recipe !== undefined && options.json !== true)
        context.terminal.print(needsText(await askPlan(context, recipe, {})));
    });
};

/** All recipes, or the named one. */
async function listed(context: Context, recipe?: string): Promise<{ recipes: RecipeListing[] }> {
  const question = { mode: 'recipes', ...(recipe === undefined ? {} : { recipe }) } as const;
  return askWorker<{ recipes: RecipeListing[] }>(context, question);
}

/** What a run of it needs as it stands. */
function needsText(plan: Plan): string {
  const { workers, peakBytes, fits, device } = plan;
  const devices = workers === 1 ? 'one device' : `${workers} devices`;
  const fit = fits ? '' : ` (a device of ${formatBytes(device.memory)}: ${fitText(plan)})`;
  return `  needs: ${devices} with ${formatBytes(peakBytes)} of memory each${fit}; \`kiln plan ${plan.recipe}\` says how long it takes`;
}

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
