import { serve } from '../../workers/serve.ts';
import { createAnswerer } from './answer.ts';
import type { Analysis } from './messages.ts';

serve<Analysis>(createAnswerer);
