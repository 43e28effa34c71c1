// A real OpenID provider (oidc-provider) for the tests and for scripts/token. It gives JWT access tokens to one client
// by client_credentials; the scope of the request becomes the roles. Every start makes new keys, one for each algorithm,
// and goes on publishing those of the start before, as an issuer that rotates its keys does.
import crypto from "node:crypto";
import fs from "node:fs";
import https from "node:https";
import Provider from "oidc-provider";

const { ISSUER, CLIENT_SECRET, KEYS_FILE, TLS_CERT, TLS_KEY, TOKEN_TTL_SEC } = process.env;

// Audiences, and how tokens for each are signed.
const RESOURCES = { "urn:bo-admin-api": "RS256", "urn:bo-admin-api:es256": "ES256", "urn:elsewhere": "RS256" };
const ROLES = "ADMIN_READ ADMIN_AUDIT OPS";

function makeKeys() {
  const pairs = {
    RS256: crypto.generateKeyPairSync("rsa", { modulusLength: 2048 }),
    ES256: crypto.generateKeyPairSync("ec", { namedCurve: "P-256" }),
  };
  return Object.entries(pairs).map(([alg, { privateKey }]) => ({
    ...privateKey.export({ format: "jwk" }), alg, use: "sig", kid: crypto.randomUUID(),
  }));
}

function rotatedKeys() {
  const before = fs.existsSync(KEYS_FILE) ? JSON.parse(fs.readFileSync(KEYS_FILE)).slice(0, 2) : [];
  const keys = [...makeKeys(), ...before];
  fs.writeFileSync(KEYS_FILE, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

const provider = new Provider(ISSUER, {
  jwks: { keys: rotatedKeys() },
  clients: [{
    client_id: "admin", client_secret: CLIENT_SECRET, grant_types: ["client_credentials"], redirect_uris: [], response_types: [],
  }],
  scopes: ROLES.split(" "),
  ttl: { ClientCredentials: Number(TOKEN_TTL_SEC) },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => ({
        scope: ROLES, audience: resource, accessTokenFormat: "jwt", jwt: { sign: { alg: RESOURCES[resource] } },
      }),
    },
  },
  extraTokenClaims: (_, token) => ({ roles: token.scope ? token.scope.split(" ") : [] }),
});

const server = https.createServer({ cert: fs.readFileSync(TLS_CERT), key: fs.readFileSync(TLS_KEY) }, provider.callback());
server.listen(Number(new URL(ISSUER).port), "127.0.0.1");
process.on("SIGTERM", () => { server.close(); server.closeAllConnections(); });
