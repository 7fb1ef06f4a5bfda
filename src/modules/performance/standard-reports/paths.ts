/** Addresses of the reports people know, in the workspace and below an area. */
export const reportPaths = {
  all: '/workspace/performance/reports',
  report: (name: string) => `/workspace/performance/reports/${name}`,
  choose: (name: string) => `/workspace/performance/reports/${name}/measures`,
  publicAll: (area: string) => `/${area}/performance/reports`,
  publicReport: (area: string, name: string) => `/${area}/performance/reports/${name}`,
}
