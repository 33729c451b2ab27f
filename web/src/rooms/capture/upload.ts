import { ApiProblem, type Problem } from '../../api/client.ts';

/** fetch cannot say how much of a body was sent; a file of a gigabyte deserves a bar and a way to stop. */
export function upload<T>(url: string, form: FormData, progress: (sent: number, total: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('x-baton', '1');
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => progress(event.loaded, event.total);
    request.onload = () => {
      const body = read(request.responseText);
      if (request.status >= 200 && request.status < 300) done(body as T);
      else fail(new ApiProblem({ title: `The server answered ${request.status}.`, ...(body as Partial<Problem>), status: request.status }));
    };
    request.onerror = () =>
      fail(
        new ApiProblem({ status: 0, title: 'The file did not get through. Check the connection and drop it again; nothing was taken in.' }),
      );
    request.onabort = () => fail(new DOMException('stopped', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
