import type { PublicRoute } from '../../platform/web/route.ts'
import { publicMeasureRoutes } from './measures/public-page.ts'
import { overviewPublic } from './overview/public.ts'
import { publicReportRoutes } from './standard-reports/public.ts'

export const publicRoutes: readonly PublicRoute[] = [...publicReportRoutes, ...overviewPublic, ...publicMeasureRoutes]
