/** TensorBoard's pages, and how to tell that a page shows data and not only its frame. */

export type Dashboard = {
  /** The page's name in TensorBoard's address, and the picture's. */
  readonly name: string;
  /** CSS, also through shadow roots; there only once the data are drawn. */
  readonly drawn: string;
};

export const dashboards: readonly Dashboard[] = [
  { name: 'timeseries', drawn: 'scalar-card line-chart canvas' },
  { name: 'scalars', drawn: 'tf-scalar-card vz-line-chart2 path' },
  { name: 'images', drawn: 'tf-image-loader img' },
  { name: 'histograms', drawn: 'vz-histogram-timeseries path' },
  { name: 'distributions', drawn: 'vz-distribution-chart path' },
  { name: 'text', drawn: 'tf-text-loader tf-markdown-view' },
  { name: 'hparams', drawn: 'tf-hparams-table-view vaadin-grid-cell-content' },
  { name: 'graphs', drawn: 'tf-graph-scene g.node' },
];
