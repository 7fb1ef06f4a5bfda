import type { BetterAuthOptions } from 'better-auth'
import { twoFactor } from 'better-auth/plugins'

/** Fewest characters of a password. Length matters more than odd characters (NCSC, three random words). */
export const passwordLength = { shortest: 12, longest: 200 } as const

/** A session ends 12 hours after sign-in, whatever happens: one working day. */
export const sessionSeconds = 12 * 60 * 60

/** How long a link for choosing a new password works. */
export const resetSeconds = 60 * 60

/** How long someone has, after the password, to type the code of their authenticator app. */
export const codeSeconds = 10 * 60

/** Header by which our own requests to better-auth carry the client's address; nothing outside can set it. */
export const clientAddressHeader = 'x-peelian-client-address'

/** Where better-auth believes it is mounted. Nothing is mounted there: only our own forms call it. */
export const authenticationPath = '/workspace/authentication'

/**
 * Names of our columns for better-auth's fields, so that its tables read like every other table. It need not know the
 * columns that only we use: `user.person_id`, `session.acting_organisation`, `acting_area` and `last_seen_at`.
 */
const names = {
  user: {
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  session: {
    fields: {
      expiresAt: 'expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      userId: 'user_id',
    },
  },
  account: {
    fields: {
      accountId: 'account_id',
      providerId: 'provider_id',
      userId: 'user_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  rateLimit: { modelName: 'rate_limit', fields: { lastRequest: 'last_request' } },
  twoFactor: {
    user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
    twoFactor: {
      modelName: 'two_factor',
      fields: {
        backupCodes: 'backup_codes',
        userId: 'user_id',
        failedVerificationCount: 'failed_verification_count',
        lockedUntil: 'locked_until',
      },
    },
  },
} as const

/**
 * Tries allowed from one client address. An office often has one address for everybody, so these are wide; the
 * narrow limit is the one per account (throttle.ts).
 */
function rateLimitsOf(demo: boolean) {
  const tries = demo ? 200 : 30
  return {
    '/sign-in/email': { window: 60, max: tries },
    '/request-password-reset': { window: 60, max: 10 },
    '/reset-password': { window: 60, max: 10 },
    '/change-password': { window: 60, max: 10 },
    '/two-factor/*': { window: 60, max: tries },
  }
}

export interface AuthenticationSettings {
  baseUrl: string
  sessionSecret: string
  demo: boolean
}

/**
 * Everything about better-auth that decides which tables it needs and how it behaves. `migrations/0002-access.sql`
 * is what `getMigrations` compiles from this, and a test holds the two together.
 */
export function authenticationOptions(settings: AuthenticationSettings) {
  return {
    appName: 'Peelian',
    baseURL: settings.baseUrl,
    basePath: authenticationPath,
    secret: settings.sessionSecret,
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.shortest,
      maxPasswordLength: passwordLength.longest,
      resetPasswordTokenExpiresIn: resetSeconds,
      revokeSessionsOnPasswordReset: true,
    },
    user: names.user,
    session: { ...names.session, expiresIn: sessionSeconds, disableSessionRefresh: true, freshAge: 0 },
    account: names.account,
    verification: { ...names.verification, storeIdentifier: 'hashed' },
    rateLimit: {
      ...names.rateLimit,
      enabled: true,
      storage: 'database',
      window: 60,
      max: 100,
      customRules: rateLimitsOf(settings.demo),
    },
    advanced: {
      cookiePrefix: 'peelian',
      useSecureCookies: settings.baseUrl.startsWith('https://'),
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    plugins: [twoFactor({ issuer: 'Peelian', twoFactorCookieMaxAge: codeSeconds, schema: names.twoFactor })],
  } satisfies BetterAuthOptions
}
