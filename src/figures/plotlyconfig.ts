/** plotly.js's button that uploads a figure; nothing of a notebook goes anywhere. */
const uploads = "sendChartToCloud";

/**
 * A figure's configuration as a page uses it: its own, in a place that decides the size, in the page's language, and
 * without any upload.
 */
export function placedConfig(config: { [option: string]: unknown }): { [option: string]: unknown } {
  const { modeBarButtonsToRemove: removed } = config;
  return {
    displaylogo: false,
    ...config,
    responsive: false,
    plotlyServerURL: "",
    ...localeConfig(document.documentElement.lang),
    modeBarButtonsToRemove: [...(Array.isArray(removed) ? (removed as unknown[]) : []), uploads],
  };
}

/** On a touch screen a swipe moves the page: figures zoom by their buttons alone. */
export function touchLayout(): { dragmode?: false } {
  return matchMedia("(pointer: coarse)").matches ? { dragmode: false } : {};
}

/** What plotly.js says itself, in Chinese. Keys: plotly.js 4's own texts. */
const dictionary = {
  Autoscale: "自动调整坐标轴",
  "Box Select": "框选",
  Cancel: "取消",
  "Compare data on hover": "悬停时比较数据",
  "Double-click on legend to isolate one trace": "双击图例只看这一条",
  "Double-click to zoom back out": "双击还原缩放",
  "Download plot": "下载图片",
  "Download plot as a PNG": "下载为 PNG 图片",
  "Download plot as JSON": "下载为 JSON",
  "Image download succeeded": "图片已下载",
  "JSON download succeeded": "JSON 已下载",
  "Lasso Select": "套索选择",
  Pan: "平移",
  "Preparing image - this may take a few seconds": "正在准备图片，请稍候",
  Reset: "还原",
  "Reset axes": "还原坐标轴",
  "Reset view": "还原视图",
  "Reset views": "还原视图",
  "Show closest data on hover": "悬停时显示最近的数据",
  "Sorry, there was a problem downloading your image!": "图片没能下载。",
  "Sorry, there was a problem downloading your JSON file!": "JSON 没能下载。",
  "Toggle Spike Lines": "显示或隐藏参考线",
  "Toggle show closest data on hover": "切换悬停时显示最近的数据",
  Zoom: "缩放",
  "Zoom in": "放大",
  "Zoom out": "缩小",
};

/** plotly.js's configuration for a page in this language; English is plotly.js's own. */
function localeConfig(language: string): { [option: string]: unknown } {
  return /^zh\b/.test(language) ? { locale: "zh-CN", locales: { "zh-CN": { dictionary, format: {} } } } : {};
}
