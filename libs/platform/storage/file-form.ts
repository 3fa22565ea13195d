import { ApiProperty } from '@nestjs/swagger';

/** As the document shows it: no schema reads it, because its last field is not read before it is known where it goes. */
export class FileForm {
  @ApiProperty({ description: 'Of a form that this service gave.', example: 'Yq3vK9mB2tX7' })
  readonly token!: string;

  @ApiProperty({ description: 'As in that form.', example: 'image/png' })
  readonly 'Content-Type'!: string;

  @ApiProperty({ type: 'string', format: 'binary', description: 'The last field.' })
  readonly file!: unknown;
}
