import { render } from 'preact';
import './styles/base.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/map.css';
import './styles/figures.css';
import { followData } from './data.ts';
import { followPlayer } from './months/month-player.ts';
import { App } from './pages/app.tsx';
import { loadCellGeometry } from './places.ts';
import { followHistory } from './state.ts';

followHistory();
followData();
followPlayer();
render(<App />, document.getElementById('app') as HTMLElement);
void loadCellGeometry();
