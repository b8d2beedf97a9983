// Builds the room into the folder that the server embeds. Names and bytes are the same for the same sources and lock file.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [svelte()],
  base: '/',
  publicDir: 'public',
  server: { proxy: { '/api': process.env.ROOM_API ?? 'http://127.0.0.1:8080', '/login': process.env.ROOM_API ?? 'http://127.0.0.1:8080' } },
  build: {
    outDir: process.env.ROOM_OUT ?? '../crates/server/room',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is inlined: the Content-Security-Policy lets fonts and scripts come from files alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
