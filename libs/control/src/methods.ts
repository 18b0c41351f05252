/** The service by hand: path and codecs of each method, in place of a reflecting loader. A test holds it against the proto file. */
import type { Codec } from './codec/codec.ts';
import type { Parsed } from './codec/fields.ts';
import * as status from './codec/status-messages.ts';
import * as worker from './codec/worker-messages.ts';

/** gRPC's method definition; what it reads is a Parsed, so that bad bytes are answered and not thrown. */
export interface Method<Request, Response> {
  path: string;
  requestStream: boolean;
  responseStream: boolean;
  requestSerialize: (value: Request) => Buffer;
  requestDeserialize: (bytes: Buffer) => Parsed<Request>;
  responseSerialize: (value: Response) => Buffer;
  responseDeserialize: (bytes: Buffer) => Parsed<Response>;
}

const service = 'kiln.control.v1.ControlService';

function method<Request, Response>(
  name: string,
  request: Codec<Request>,
  response: Codec<Response>,
  streams: { request?: boolean; response?: boolean } = {},
): Method<Request, Response> {
  return {
    path: `/${service}/${name}`,
    requestStream: streams.request ?? false,
    responseStream: streams.response ?? false,
    requestSerialize: request.encode,
    requestDeserialize: request.decode,
    responseSerialize: response.encode,
    responseDeserialize: response.decode,
  };
}

export const methods = {
  join: method('Join', worker.joinRequest, worker.joinResponse),
  heartbeat: method('Heartbeat', worker.heartbeatRequest, worker.heartbeatResponse, {
    request: true,
    response: true,
  }),
  agreeStep: method('AgreeStep', worker.agreeStepRequest, worker.agreeStepResponse),
  reportTick: method('ReportTick', worker.reportTickRequest, worker.acknowledgement),
  reportLog: method('ReportLog', worker.reportLogRequest, worker.acknowledgement),
  beginCheckpoint: method('BeginCheckpoint', worker.beginCheckpointRequest, worker.beginCheckpointResponse),
  reportShard: method('ReportShard', worker.reportShardRequest, worker.reportShardResponse),
  leave: method('Leave', worker.leaveRequest, worker.acknowledgement),
  getStatus: method('GetStatus', status.getStatusRequest, status.getStatusResponse),
  watch: method('Watch', status.watchRequest, status.watchResponse, { response: true }),
  save: method('Save', status.saveRequest, worker.acknowledgement),
  stop: method('Stop', status.stopRequest, worker.acknowledgement),
};
