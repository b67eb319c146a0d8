import { canDrawMap } from '../state.ts';
import { player, togglePlaying } from './month-player.ts';

/** Starts the months on the map; where they are shown it pauses them and lets them go on. */
export function PlayButton() {
  if (!canDrawMap.value) return null;
  const playing = player.value?.phase === 'playing';
  return (
    <button type="button" class="button secondary play-button" onClick={togglePlaying}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d={playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5v11L13 8z'} fill="currentColor" />
      </svg>
      {playing ? 'Pause months' : 'Play months'}
    </button>
  );
}
