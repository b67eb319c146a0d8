import { type Upload, uploadSchema } from '../../server/import-model.ts';
import { parseAnswer, refusalOf, unreachable } from '../api.ts';

/** Sends a file as it is and tells how much of it has gone, 0 to 1; an abort rejects with the signal's reason. */
export function uploadFile(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    // `fetch` does not tell how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open('POST', `/api/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(signal.reason);
    request.onload = () => {
      const body = parsedText(request.responseText);
      if (request.status < 200 || request.status > 299) reject(refusalOf(request.status, body));
      else settle(() => parseAnswer(body, uploadSchema), resolve, reject);
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function settle<T>(make: () => T, resolve: (value: T) => void, reject: (error: unknown) => void): void {
  try {
    resolve(make());
  } catch (error) {
    reject(error);
  }
}

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
