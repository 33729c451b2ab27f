import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.BATON_URL ?? 'http://127.0.0.1:7700';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The lazy chart chunk is the only one past the default limit, and nobody waits for it: pages paint before it arrives.
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 5173,
    proxy: { '/v1': server, '/openapi.json': server, '/f': server, '/healthz': server },
    fs: { strict: false },
  },
});
