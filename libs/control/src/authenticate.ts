/** Server interceptor: a call without the run's token ends before its handler is looked at. */
import { ServerInterceptingCall, ServerListenerBuilder, type ServerInterceptor } from '@grpc/grpc-js';
import { ControlError, toStatus } from './errors.ts';
import { tokenMatches } from './token.ts';

export function authenticate(
  token: string,
  onRefused: (peer: string, path: string) => void,
): ServerInterceptor {
  return (definition, call) =>
    new ServerInterceptingCall(call, {
      start(next) {
        const listener = new ServerListenerBuilder().withOnReceiveMetadata((metadata, forward) => {
          if (tokenMatches(metadata, token)) {
            forward(metadata);
            return;
          }
          onRefused(call.getPeer(), definition.path);
          call.sendStatus(
            toStatus(
              new ControlError(
                'unauthenticated',
                "the run's token is missing or wrong; pass the run's control.json as --token-file",
              ),
            ),
          );
        });
        next(listener.build());
      },
    });
}
