import { mount } from 'svelte'
import App from './App.svelte'
import './room.css'
import './lib/theme.svelte'

mount(App, { target: document.getElementById('room')! })
